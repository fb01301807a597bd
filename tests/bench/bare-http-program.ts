/** The baseline of the API: `node:http` with as many bytes as are asked for, and nothing else. */
import http from 'node:http';

const server = http.createServer((request, response) => {
  const bytes = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('bytes') ?? 100);
  request.resume();
  request.once('end', () => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ text: 'x'.repeat(Math.max(0, bytes - 11)) }));
  });
});
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('ready'));

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table webhook_receipts (
      message_id           text primary key,
      received_at          timestamptz not null,
      deleted_account_hash text
    )`.execute(db);
  await sql`comment on table webhook_receipts is 'Signed messages that were taken, so that none is taken twice'`.execute(
    db,
  );
  await sql`comment on column webhook_receipts.deleted_account_hash is 'SHA-256 of the Supabase account that the message told the end of, in hexadecimal; a link that comes late does not bring it back'`.execute(
    db,
  );
  await sql`create index webhook_receipts_old on webhook_receipts (received_at)`.execute(db);
  await sql`
    create index webhook_receipts_deleted on webhook_receipts (deleted_account_hash)
    where deleted_account_hash is not null`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table webhook_receipts`.execute(db);
}

-- For the SQL editor of your Supabase project: tells Alphapy when an account is linked to Discord or deleted (docs/api.md, "Supabase's
-- webhook"). Database Webhooks of the dashboard can neither sign what they send nor send it again, so messages wait in a table here until
-- the bot has answered for them. Needs the extensions pg_net and pg_cron, and two secrets in the Vault: alphapy_url and
-- alphapy_webhook_secret. May be run again; `drop schema alphapy cascade; select cron.unschedule('alphapy');` takes all of it away.

create schema if not exists alphapy;

create table if not exists alphapy.outbox (
  id         uuid primary key default gen_random_uuid(),
  body       jsonb not null,
  created_at timestamptz not null default now(),
  sent_at    timestamptz,
  request_id bigint
);

-- In the transaction that changes the account, so neither happens without the other.
create or replace function alphapy.tell() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'identities' then
    insert into alphapy.outbox (body) values (jsonb_build_object(
      'type', tg_op, 'schema', 'auth', 'table', 'identities', 'old_record', null,
      'record', jsonb_build_object(
        'user_id', new.user_id, 'provider', new.provider, 'provider_id', new.provider_id)));
    return new;
  end if;
  delete from alphapy.outbox where body -> 'record' ->> 'user_id' = old.id::text;
  insert into alphapy.outbox (body) values (jsonb_build_object(
    'type', 'DELETE', 'schema', 'auth', 'table', 'users', 'record', null,
    'old_record', jsonb_build_object(
      'id', old.id,
      'identities', coalesce(
        (select jsonb_agg(jsonb_build_object('provider', provider, 'provider_id', provider_id))
         from auth.identities where user_id = old.id and provider = 'discord'),
        '[]'::jsonb))));
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

-- What Supabase writes as Discord tells it. People cannot write there; what they can write, raw_user_meta_data, is not sent.
drop trigger if exists alphapy_linked on auth.identities;
create trigger alphapy_linked after insert or update of user_id, provider_id on auth.identities
  for each row when (new.provider = 'discord' and new.provider_id ~ '^[0-9]{15,19}$')
  execute function alphapy.tell();

-- Before it, for then the identities are still there.
drop trigger if exists alphapy_deleted on auth.users;
create trigger alphapy_deleted before delete on auth.users
  for each row execute function alphapy.tell();

drop trigger if exists alphapy_soft_deleted on auth.users;
create trigger alphapy_soft_deleted before update of deleted_at on auth.users
  for each row when (old.deleted_at is null and new.deleted_at is not null)
  execute function alphapy.tell();

create or replace function alphapy.send() returns void language plpgsql security definer set search_path = '' as $$
declare
  address text := (select decrypted_secret from vault.decrypted_secrets where name = 'alphapy_url');
  secret  text := (select decrypted_secret from vault.decrypted_secrets where name = 'alphapy_webhook_secret');
  message record;
  seconds text;
  signed  text;
begin
  if address is null or secret is null then
    raise exception 'Put alphapy_url and alphapy_webhook_secret into the Vault.';
  end if;
  -- 409: an earlier one was taken, and its answer was lost.
  delete from alphapy.outbox using net._http_response as response
  where response.id = request_id and response.created >= sent_at and response.status_code in (200, 409);
  -- The bot takes ten a minute.
  for message in
    select id, body from alphapy.outbox
    where sent_at is null or sent_at < clock_timestamp() - interval '50 seconds'
    order by sent_at nulls first, created_at limit 8 for update skip locked
  loop
    seconds := extract(epoch from clock_timestamp())::bigint::text;
    signed := encode(extensions.hmac(
      convert_to(message.id || '.' || seconds || '.' || message.body::text, 'UTF8'),
      decode(regexp_replace(secret, '^(v1,)?whsec_', ''), 'base64'),
      'sha256'), 'base64');
    update alphapy.outbox set
      sent_at = now(),
      request_id = net.http_post(
        url := address || '/webhooks/supabase/auth',
        body := message.body,
        headers := jsonb_build_object(
          'Content-Type', 'application/json',
          'webhook-id', message.id,
          'webhook-timestamp', seconds,
          'webhook-signature', 'v1,' || signed),
        timeout_milliseconds := 20000)
    where id = message.id;
  end loop;
end $$;

revoke all on schema alphapy from public;
revoke all on all functions in schema alphapy from public;
select cron.schedule('alphapy', '* * * * *', 'select alphapy.send()');

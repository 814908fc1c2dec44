"""The log and the steps of a close-out can be added and read; a certificate is written by the erasure alone.

Records are append-only for the login role. The only way to empty them is `privacy_erase`, which runs as the owner
and looks for itself: the campaign has ended and expired, what it held was counted by one person and approved by another,
and whoever asks stands for the whole of its area.
"""

from django.db import migrations

from fengchao.base.rls import Protect

ERASE = """
CREATE FUNCTION privacy_erase(asked uuid, erased_by text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
  c work_campaign; held uuid; counted_by uuid; approved_by uuid; certificate uuid := fc_uuid7();
  n bigint; n_answers bigint; n_notes bigint; n_photos bigint := 0; digest_ bytea;
BEGIN
  SELECT * INTO c FROM work_campaign WHERE id = asked FOR UPDATE;
  SELECT i.id, i."by", a."by" INTO held, counted_by, approved_by
  FROM privacy_inventory i JOIN privacy_approval a ON a.inventory_id = i.id WHERE i.campaign_id = asked;
  IF c.id IS NULL OR c.lo < NULLIF(current_setting('fengchao.lo', true), '')::bigint IS NOT FALSE
     OR c.hi > NULLIF(current_setting('fengchao.hi', true), '')::bigint IS NOT FALSE
     OR NOT (COALESCE(current_setting('fengchao.scope', true), '') = ''
             OR int8multirange(int8range(c.lo, c.hi)) <@ current_setting('fengchao.scope', true)::int8multirange) THEN
    RAISE EXCEPTION 'not_found' USING ERRCODE = 'FC001';
  ELSIF c.state <> 'closed' THEN
    RAISE EXCEPTION 'close_first' USING ERRCODE = 'FC001';
  ELSIF approved_by IS NULL OR approved_by = counted_by THEN
    RAISE EXCEPTION 'not_approved' USING ERRCODE = 'FC001';
  ELSIF c.expires >= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION 'not_expired' USING ERRCODE = 'FC001';
  ELSIF EXISTS (SELECT FROM privacy_certificate WHERE inventory_id = held) THEN
    RAISE EXCEPTION 'erased_already' USING ERRCODE = 'FC001';
  END IF;

  SELECT count(*), count(*) FILTER (WHERE answers <> '{}'), count(*) FILTER (WHERE note <> ''),
         sha256(COALESCE(string_agg(uuid_send(id) || digest, ''::bytea ORDER BY id), ''::bytea))
    INTO n, n_answers, n_notes, digest_ FROM work_record WHERE campaign_id = asked;
  IF to_regclass('sync_attachment') IS NOT NULL THEN
    EXECUTE 'DELETE FROM sync_attachment s USING work_record r WHERE r.id = s.record AND r.campaign_id = $1' USING asked;
    GET DIAGNOSTICS n_photos = ROW_COUNT;
  END IF;
  -- The digest goes too: answers are so few that it could be guessed back.
  UPDATE work_record SET answers = '{}', note = '', device = NULL, digest = ''::bytea WHERE campaign_id = asked;
  INSERT INTO privacy_certificate (id, grid, inventory_id, records, answers, notes, photos, hash, by, by_name)
  VALUES (certificate, c.lo, held, n, n_answers, n_notes, n_photos, digest_,
          NULLIF(current_setting('fengchao.actor', true), '')::uuid, erased_by);
  RETURN certificate;
END $$;

DO $$ DECLARE role name; BEGIN
  FOR role IN SELECT DISTINCT grantee::regrole::text FROM pg_class, aclexplode(relacl)
    WHERE pg_class.oid = 'privacy_certificate'::regclass AND grantee NOT IN (0, relowner)
  LOOP EXECUTE format('REVOKE INSERT ON privacy_certificate FROM %s', role); END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("work", "0003_counters"), ("base", "0003_protect")]
    operations = [
        Protect("privacy_accesslog", building="building", append_only=True),
        Protect("privacy_inventory", append_only=True),
        Protect("privacy_approval", append_only=True),
        Protect("privacy_certificate", append_only=True),
        migrations.RunSQL(ERASE, "DROP FUNCTION privacy_erase(uuid, text)"),
    ]

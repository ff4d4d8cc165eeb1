// What the server says of saves that cannot be: apart from errors.ts, for it comes with the whole engine.
import { RedisError } from './errors.ts'

const error = (text: string) => () => new RedisError(text)

export const savingErrors = {
  saving: error('ERR Background save already in progress'),
  childActive: error(
    "ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in order to schedule a BGSAVE whenever possible.",
  ),
  rewriting: error('ERR Background append only file rewriting already in progress'),
  failed: error('ERR'),
  cannotGo: error('ERR Errors trying to SHUTDOWN. Check logs.'),
  notRewritten: error('ERR Rewriting config file: No space left on device'),
  reloadOptions: error('ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.'),
  denied: error(
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands that may modify the data set are disabled, because this instance is configured to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about the RDB error.",
  ),
}

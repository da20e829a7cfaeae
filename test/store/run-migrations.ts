/** `migrate` as a program of its own, because Jest cannot load node-pg-migrate: options as JSON in, names or the error's words as JSON out. */
import { migrate } from '../../store/migrate.ts';

const { databaseUrl, ...options } = JSON.parse(process.argv[2] ?? '{}');
const told: string[] = [];
try {
  const ran = await migrate(databaseUrl, { ...options, log: (line) => told.push(line) });
  process.stdout.write(JSON.stringify({ ran, told }));
} catch (error) {
  process.stdout.write(JSON.stringify({ ran: [], told, error: (error as Error).message }));
}

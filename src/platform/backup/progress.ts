/** Told how far a backup, check or restore is: tables, members or files done, and of how many if that is known. */
export type BackupProgress = (step: 'database' | 'files' | 'checking', done: number, total: number | null) => void

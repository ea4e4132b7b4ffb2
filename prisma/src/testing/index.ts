export { storageProviders, type TestDatabase, testDatabase } from './test-database.ts';

PRAGMA foreign_keys=OFF;
BEGIN;

-- CreateTable
CREATE TABLE "SnapPlugin" (
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "location" TEXT NOT NULL DEFAULT '',
    "sha256" TEXT NOT NULL DEFAULT '',
    "signed" BOOLEAN NOT NULL DEFAULT false,
    "loaded" BOOLEAN NOT NULL DEFAULT true,
    "loadedAt" DATETIME NOT NULL,

    PRIMARY KEY ("type", "name", "version")
);

-- CreateTable
CREATE TABLE "SnapPluginConfig" (
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "values" TEXT NOT NULL,

    PRIMARY KEY ("type", "name", "version")
);

-- CreateTable
CREATE TABLE "SnapTask" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "deadline" BIGINT NOT NULL,
    "maxFailures" INTEGER NOT NULL,
    "maxCollectDuration" BIGINT NOT NULL,
    "maxMetricsBuffer" BIGINT NOT NULL,
    "schedule" TEXT NOT NULL,
    "workflow" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "lastRunAt" DATETIME,
    "hitCount" BIGINT NOT NULL DEFAULT 0,
    "missCount" BIGINT NOT NULL DEFAULT 0,
    "failedCount" BIGINT NOT NULL DEFAULT 0,
    "consecutiveFailures" INTEGER NOT NULL DEFAULT 0,
    "lastFailureMessage" TEXT NOT NULL DEFAULT ''
);

-- CreateIndex
CREATE INDEX "SnapTask_createdAt_idx" ON "SnapTask"("createdAt");

COMMIT;
PRAGMA foreign_keys=ON;

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
    "loadedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SnapPlugin_pkey" PRIMARY KEY ("type","name","version")
);

-- CreateTable
CREATE TABLE "SnapPluginConfig" (
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "values" TEXT NOT NULL,

    CONSTRAINT "SnapPluginConfig_pkey" PRIMARY KEY ("type","name","version")
);

-- CreateTable
CREATE TABLE "SnapTask" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "deadline" BIGINT NOT NULL,
    "maxFailures" INTEGER NOT NULL,
    "maxCollectDuration" BIGINT NOT NULL,
    "maxMetricsBuffer" BIGINT NOT NULL,
    "schedule" TEXT NOT NULL,
    "workflow" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "lastRunAt" TIMESTAMP(3),
    "hitCount" BIGINT NOT NULL DEFAULT 0,
    "missCount" BIGINT NOT NULL DEFAULT 0,
    "failedCount" BIGINT NOT NULL DEFAULT 0,
    "consecutiveFailures" INTEGER NOT NULL DEFAULT 0,
    "lastFailureMessage" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "SnapTask_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SnapTask_createdAt_idx" ON "SnapTask"("createdAt");

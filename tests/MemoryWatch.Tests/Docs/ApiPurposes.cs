using MemoryWatch.Testing;

namespace MemoryWatch.Tests.Docs;

/// <summary>What the public types are for, in the order of the index. Each type is in one group.</summary>
internal static class ApiPurposes
{
    public static IReadOnlyList<(string Purpose, string[] Types)> All { get; } =
    [
        ("Start the watch",
        [
            nameof(MemoryWatcher), nameof(MemoryWatchBuilder), nameof(MemoryWatchBuilderExtensions), nameof(MemoryWatchOptions), nameof(BlackBoxOptions),
            nameof(ReliefOptions), nameof(HeadroomOptions), nameof(CancelFattestOptions), nameof(RestartOptions), nameof(HeapLimitOptions),
            nameof(MemoryWatchDefaults), nameof(MemorySize), nameof(MemoryThreshold), nameof(SettingsUpdate), nameof(SettingChange),
        ]),
        ("Track operations",
        [
            nameof(IMemoryWatch), nameof(MemoryWatchExtensions), nameof(OperationScope), nameof(EnteredOperation), nameof(OperationContext),
            nameof(OperationVerbosity), nameof(OperationBudget), nameof(OperationAllocation), "TrackingOptions", nameof(ActivityTrackingOptions),
        ]),
        ("Plug in",
        [
            nameof(IMetricsProvider), nameof(MetricDefinition), nameof(MetricOptions), nameof(IMemoryDetector), nameof(CustomAlert),
            nameof(IMemoryRelief), nameof(ReliefStage), nameof(ReliefEstimate), nameof(ReliefOutcome), nameof(ReliefMeasure), nameof(IMemoryObserver),
        ]),
        ("Read numbers",
        [
            nameof(MemorySnapshot), nameof(SnapshotTrigger), nameof(MemoryZone), nameof(MemoryUsage), nameof(LimitSource), nameof(UsagePrecision),
            nameof(MemorySplit), nameof(ProcessReading), nameof(ManagedReading), nameof(NativeHeapReading), nameof(ContainerReading),
            nameof(ContainerProcesses), nameof(ContainerProcess), nameof(MachineReading), nameof(MetricValues), nameof(MetricValue),
            nameof(WatchedFolder), nameof(FolderProblem), nameof(MemoryDescriptions),
        ]),
        ("Read operations and history",
        [
            nameof(OperationTotals), nameof(OperationInFlight), nameof(OperationOutcome), nameof(JournalEntry), nameof(JournalEntryKind),
            nameof(MemoryHistory), nameof(MemoryHistoryPoint), nameof(MemoryHistoryMark), nameof(MemoryHistoryMarkKind), nameof(OperationSpan),
            nameof(OperationCounts),
        ]),
        ("Read what explains memory",
        [
            nameof(MemoryDiagnosis), nameof(MemoryFinding), nameof(FindingRule), nameof(FindingNumber), nameof(FindingUnit), nameof(SilentRule),
            nameof(FindingSilence), nameof(LeakAssessment), nameof(LeakTrack), nameof(LeakVerdict), nameof(LeakGate), nameof(UncollectedObjects),
            nameof(MetricCost), nameof(CapacityEstimate), nameof(Estimate), nameof(TimeToLimit), nameof(MemoryTrace), nameof(MemoryTraceReport),
            nameof(MemoryTraceVerdict),
        ]),
        ("Read how the previous run ended",
        [
            nameof(PreviousRun), nameof(RunVerdict), nameof(RunEvidence), nameof(RunEvidenceKind), nameof(PreviousAlert), nameof(PreviousFinding),
            nameof(DrainedRestart),
        ]),
        ("Survive when memory is short",
        [
            nameof(ReliefStanding), nameof(MemoryHeadroomLimiter), nameof(HeadroomBasis), nameof(MemoryHeadroomStatistics), "HeadroomLimiterBuilderExtensions",
            "MemoryHeadroomRateLimiterOptionsExtensions",
        ]),
        ("Handle alerts",
        [
            nameof(MemoryAlert), nameof(AlertSeverity), nameof(MemoryCause), nameof(MemoryCauseOperation), nameof(MemoryCausePart), nameof(NoCauseReason),
            nameof(ZoneAlert), nameof(HighMemoryAlert), nameof(SpikeAlert), nameof(StartAlert), nameof(SwingAlert), nameof(LeakAlert),
            nameof(OperationAlert), nameof(OperationGrowthAlert), nameof(BudgetAlert), nameof(BudgetPart), nameof(MoreBudgetsAlert),
            nameof(ForgottenOperationsAlert), nameof(UncollectedObjectsAlert), nameof(MetricMaximumAlert), nameof(OutOfMemoryAlert),
            nameof(HeldHeapAlert), nameof(ThrottlingAlert), nameof(ThrashingAlert),
        ]),
        ("Use a host",
        [
            "MemoryWatchServiceCollectionExtensions", nameof(HostedMemoryWatchBuilder), "MemoryWatchHealthChecksBuilderExtensions",
            nameof(WebhookOptions), nameof(WebhookTemplates),
        ]),
        ("Use ASP.NET Core",
        [
            "MemoryWatchApplicationBuilderExtensions", nameof(RequestTrackingOptions), "MemoryWatchEndpointRouteBuilderExtensions",
            nameof(MemoryPageOptions),
        ]),
        ("Test",
        [
            nameof(FakeMemoryWatch), nameof(FakeOperation), nameof(FakeMark), nameof(FakeSnapshot), nameof(FakeExpectedObject), nameof(MemoryAssert),
            nameof(ExpectedObjects), nameof(MemoryAssertionException),
        ]),
    ];
}

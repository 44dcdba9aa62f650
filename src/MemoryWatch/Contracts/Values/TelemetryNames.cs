namespace MemoryWatch;

/// <summary>
/// All names that operators see in metrics and traces. All are in <c>memorywatch.*</c>, because other libraries use the names of the OpenTelemetry
/// semantic conventions in the same process, and sums over both would count twice. Units are UCUM. MemoryWatch does not repeat the values of the
/// runtime's meter <c>System.Runtime</c> (working set, heap, GCs, pauses, threads).
/// </summary>
internal static class TelemetryNames
{
    public const string Meter = "MemoryWatch";
    public const string ActivitySource = "MemoryWatch";

    public const string ContainerUsage = "memorywatch.container.usage";
    public const string ContainerWorkingSet = "memorywatch.container.working_set";
    public const string ContainerAvailable = "memorywatch.container.available";

    public const string Limit = "memorywatch.limit";
    public const string Used = "memorywatch.used";
    public const string TimeToLimit = "memorywatch.time_to_limit";
    public const string Zone = "memorywatch.zone";
    public const string OomKills = "memorywatch.oom_kills";
    public const string MetricValue = "memorywatch.metric.value";
    public const string OperationsInFlight = "memorywatch.operations.in_flight";
    public const string OperationDuration = "memorywatch.operation.duration";
    public const string OperationChange = "memorywatch.operation.change";
    public const string OperationAllocated = "memorywatch.operation.allocated";
    public const string Alerts = "memorywatch.alerts";
    public const string ReliefFreed = "memorywatch.relief.freed";
    public const string ReliefSteps = "memorywatch.relief.steps";
    public const string ReliefDuration = "memorywatch.relief.duration";

    public const string MetricTag = "memorywatch.metric.name";
    public const string OperationTag = "memorywatch.operation.name";
    public const string OutcomeTag = "memorywatch.operation.outcome";
    public const string AlertTag = "memorywatch.alert.kind";
    public const string ReliefTag = "memorywatch.relief.name";
    public const string ReliefOutcomeTag = "memorywatch.relief.outcome";
    public const string ContextTag = "memorywatch.operation.context";
    public const string ChangeTag = "memorywatch.operation.change";

    public const string Bytes = "By";
    public const string Seconds = "s";
    public const string One = "1";
    public const string CountOfKills = "{kill}";
    public const string CountOfOperations = "{operation}";
    public const string CountOfAlerts = "{alert}";
    public const string CountOfSteps = "{step}";
}

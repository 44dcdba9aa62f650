namespace MemoryWatch.Tell;

/// <summary>The ids of all log events, in one place. They never change their meaning; docs/events.md lists them.</summary>
internal static class LogEvents
{
    public const int Started = 1;
    public const int Stopped = 2;
    public const int SettingsChanged = 3;
    public const int SettingsRefused = 4;
    public const int LimitAboveContainer = 5;
    public const int TickFailed = 6;
    public const int Advice = 7;
    public const int SettingMisplaced = ConfigurationLog.Event;
    public const int ReadingIncomplete = 9;

    public const int Snapshot = 10;
    public const int OperationStarted = 11;
    public const int OperationEnded = 12;
    public const int Mark = 13;

    public const int Zone = 20;
    public const int HighMemory = 21;
    public const int Spike = 22;
    public const int MetricMaximum = 23;
    public const int Thrashing = 24;
    public const int Operation = 25;
    public const int Budget = 26;
    public const int Throttling = 27;
    public const int HeldHeap = 28;
    public const int OtherAlert = 29;

    public const int Relief = 30;
    public const int ReliefFailed = 31;
    public const int CollectionReport = 32;
    public const int ReliefPreview = 33;
    public const int ReliefStepAbsent = ReliefLog.StepAbsentEvent;
    public const int ReliefExhausted = 35;
    public const int NothingCancelled = 36;

    public const int PluginFault = 40;
    public const int PluginTimeout = 41;
    public const int PluginRecovery = 42;
    public const int PluginsExhausted = 43;
    public const int CallbackFault = TrackingLog.Event;
    public const int ScopeEndedElsewhere = 45;
    public const int WatchedFolder = 46;
    public const int TooManyExpected = 47;
    public const int PageAddress = PageLog.AddressEvent;
    public const int PageKeyNotKept = PageLog.KeyEvent;
    public const int WebhookFailed = WebhookLog.FailedEvent;
    public const int WebhookRecovered = WebhookLog.RecoveredEvent;

    public const int PreviousRun = 50;
    public const int PreviousRunUnreadable = 51;
    public const int LastWords = 52;
    public const int BlackBoxOff = 53;
    public const int BlackBoxLate = 54;
    public const int BlackBoxElsewhere = 55;
    public const int BlackBoxSlow = 56;
    public const int BlackBoxFailing = 57;
    public const int BlackBoxRecovered = 58;
    public const int CompactRecord = 59;

    public const int OutOfMemory = 60;
    public const int Climbed = 61;
    public const int Swing = 62;
    public const int ThresholdAboveLimit = 63;
    public const int ForgottenOperations = 64;
    public const int UncollectedObjects = 65;
    public const int Leak = 66;
    public const int HeadroomRefused = HeadroomLog.RefusedEvent;
    public const int HeadroomStopped = HeadroomLog.StoppedEvent;
    public const int OperationCancelled = 69;

    public const int RestartArmed = 70;
    public const int RestartNotArmed = 71;
    public const int RestartRefused = 72;
    public const int RestartBegan = 73;
    public const int RestartStopping = 74;
    public const int RestartForced = 75;
    public const int RestartCallbackFailed = 76;

    public const int HeapLimitSet = 77;
    public const int HeapLimitNotSet = 78;
    public const int ContainerLimitChanged = 79;
}

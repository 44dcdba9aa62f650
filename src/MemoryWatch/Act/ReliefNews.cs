namespace MemoryWatch.Act;

/// <summary>What has happened on the ladder since the last tick; at most one of these.</summary>
/// <param name="Outcome">The outcome of a step that has ended.</param>
/// <param name="Preview">The step that would have been called if relief did not only observe.</param>
/// <param name="IsExhausted">Whether nothing is left to try, for the first time in this zone.</param>
internal readonly record struct ReliefNews(ReliefOutcome? Outcome, ReliefPreview? Preview = null, bool IsExhausted = false);

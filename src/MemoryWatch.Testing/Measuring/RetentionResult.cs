namespace MemoryWatch.Testing;

/// <summary>What the last attempt has found.</summary>
/// <param name="BytesPerCall">Growth of the live heap.</param>
/// <param name="Calls">Number of calls in a round.</param>
/// <param name="IsWithin">Whether the growth is within the maximum.</param>
internal readonly record struct RetentionResult(double BytesPerCall, int Calls, bool IsWithin);

namespace MemoryWatch.Testing;

/// <summary>What failed assertions about memory say.</summary>
internal static class AssertionMessages
{
    private const int MaxNamed = 10;

    public static string Allocated(double perCall, long maximumBytes, int calls) =>
        $"The function allocated {FakeText.Bytes(perCall)} per call in the median of {AllocationMeasurement.Batches} batches of {Calls(calls)}; it may allocate at most {FakeText.Bytes(maximumBytes)}.";

    public static string Retained(RetentionResult result, long maximumBytes) =>
        $"The live heap grew by {FakeText.Bytes(result.BytesPerCall)} per call in the median of {RetentionMeasurement.Rounds} rounds of {Calls(result.Calls)}; at most {FakeText.Bytes(maximumBytes)} per call may be retained.";

    public static string Alive(IReadOnlyList<string> alive, int expected, int collections)
    {
        var named = string.Concat(alive.Take(MaxNamed).Select(name => $"{Environment.NewLine}- {name}"));
        var more = alive.Count > MaxNamed ? $"{Environment.NewLine}- {FakeText.Count(alive.Count - MaxNamed)} more" : string.Empty;
        var objects = expected == 1 ? "1 object" : $"{FakeText.Count(expected)} objects";
        var verb = alive.Count == 1 ? "is" : "are";
        return $"{FakeText.Count(alive.Count)} of {objects} {verb} alive after {collections} full garbage collections. Something still refers to:{named}{more}";
    }

    private static string Calls(int calls) => calls == 1 ? "1 call" : $"{FakeText.Count(calls)} calls";
}

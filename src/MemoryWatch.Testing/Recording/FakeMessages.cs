namespace MemoryWatch.Testing;

/// <summary>What failed assertions about a <see cref="FakeMemoryWatch"/> say.</summary>
internal static class FakeMessages
{
    private const int MaxNamed = 10;

    public static string InFlight(IReadOnlyList<FakeOperation> running)
    {
        var named = string.Concat(running.Take(MaxNamed).Select(o => $"{Environment.NewLine}- {o}"));
        var more = running.Count > MaxNamed ? $"{Environment.NewLine}- {FakeText.Count(running.Count - MaxNamed)} more" : string.Empty;
        var what = running.Count == 1 ? "1 operation has" : $"{FakeText.Count(running.Count)} operations have";
        return $"{what} not ended. Dispose each scope that Track returns:{named}{more}";
    }
}

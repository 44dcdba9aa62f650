using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>The words about restarts on purpose.</summary>
internal static class RestartText
{
    private const int MostNames = 5;

    /// <summary>Why the program is not restarted.</summary>
    public static string Of(RestartRefusal refusal, in RestartFacts facts) => refusal switch
    {
        RestartRefusal.Disabled => "the settings do not allow it",
        RestartRefusal.NothingToStop => "the program does not use AddDrainedRestart",
        RestartRefusal.NoBlackBox => "there is no black box, in which restarts are counted",
        RestartRefusal.NoPreviousRun => "nothing here outlives a restart, as far as is known: no earlier run has left a black box in this folder",
        RestartRefusal.PreviousRunUnreadable => "the black box of the previous run cannot be read, so its restarts are not known",
        RestartRefusal.CountUnknown => Text(
            $"not all restarts of the last 24 hours are known; from {facts.Ledger.CountedFrom + RestartLedger.Day:yyyy-MM-dd HH:mm:ss} UTC on they are"),
        RestartRefusal.TooEarly =>
            $"the program has been running for {InFlightText.Age(facts.Uptime)} only; the minimum is {MemoryText.Interval(facts.MinimumUptime)}",
        RestartRefusal.TooMany => Text(
            $"it was restarted {Times(facts.Ledger.CountAt(facts.Now))} in the last 24 hours; {facts.MostPerDay} are allowed"),
        RestartRefusal.NotRecorded => "it could not be written to the black box, so the next start could not count it",
        _ => MemoryText.NotAvailable,
    };

    /// <summary>What is still in flight when the wait is over.</summary>
    public static string Left(int count, IReadOnlyList<OperationInFlight> operations)
    {
        if (count == 0)
        {
            return "nothing is in flight";
        }

        var named = operations.Take(MostNames).Select(o => $"{OperationText.Name(o.Name, o.Context)} for {InFlightText.Age(o.Age)}");
        var more = count - Math.Min(MostNames, operations.Count);
        return Text($"{Operations(count)} in flight may be lost: {string.Join(", ", more > 0 ? named.Append(Text($"{more} more")) : named)}");
    }

    /// <summary>How a run ended that was restarted on purpose.</summary>
    public static string Outcome(PreviousRun run) => Lost(run) switch
    {
        0 => "nothing in flight was lost",
        1 => "1 operation in flight was lost",
        var lost => Text($"{lost} operations in flight were lost"),
    };

    /// <summary>The line about the restart below the title.</summary>
    public static string Line(DrainedRestart restart, string began)
    {
        var memory = $"{restart.Zone} ({MemoryText.Megabytes(restart.UsedBytes)} of {MemoryText.Limit(restart.LimitBytes)})";
        var end = restart.Waited is { } waited
            ? Text($"{Operations(restart.LeftInFlight)} in flight after {MemoryText.Duration(waited)}, exit code {restart.ExitCode}")
            : Text($"it was waiting for what was in flight, {Operations(restart.LeftInFlight)} at first");
        return Text($"Restart: {began} memory was {memory} and relief did not help; {end}; number {restart.NumberOfDay} in 24 hours");
    }

    /// <summary>Number of operations that were in flight when the run ended, those that it did not wait for excepted.</summary>
    public static int Lost(PreviousRun run) => run.Restart is not { } restart ? 0 : Math.Max(
        restart.LeftInFlight, run.InFlight.Count(operation => !restart.Background.Contains(operation.Name)) + run.MoreInFlight);

    private static string Operations(int count) => Text($"{count} {(count == 1 ? "operation" : "operations")}");

    private static string Times(int count) => count == 1 ? "once" : Text($"{count} times");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

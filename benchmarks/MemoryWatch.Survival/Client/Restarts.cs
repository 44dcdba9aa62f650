namespace MemoryWatch.Survival.Client;

/// <summary>How a host recognizes a server that ends on purpose.</summary>
internal static class Restarts
{
    public const int ExitCode = 75;

    /// <summary>Part of the line in the log with which the drain begins.</summary>
    public const string DrainLine = "No more work is taken";
}

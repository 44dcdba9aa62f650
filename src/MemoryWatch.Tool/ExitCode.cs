namespace MemoryWatch.Tool;

/// <summary>What the command tells the script that called it. docs/command.md lists them.</summary>
internal static class ExitCode
{
    /// <summary>Everything was read, and nothing was found.</summary>
    public const int NothingFound = 0;

    /// <summary>Everything was read, and something was found: a kill, a leak, a finding.</summary>
    public const int Findings = 1;

    /// <summary>Something could not be read, or the command was used wrongly; standard error has the reason.</summary>
    public const int Unreadable = 2;

    /// <summary>Stopped with Ctrl+C, as shells count it: 128 and the number of SIGINT.</summary>
    public const int Canceled = 130;

    /// <summary>Nobody reads the output any more: 128 and the number of SIGPIPE.</summary>
    public const int OutputClosed = 141;
}

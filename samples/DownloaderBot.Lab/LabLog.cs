namespace DownloaderBot;

/// <summary>The log messages of the lab; their event ids start at 20.</summary>
internal static partial class LabLog
{
    [LoggerMessage(20, LogLevel.Information, "DEMO  {Line}")]
    public static partial void Demo(this ILogger logger, string line);

    [LoggerMessage(21, LogLevel.Information, "SCENARIO  {Line}")]
    public static partial void Scenario(this ILogger logger, string line);

    [LoggerMessage(22, LogLevel.Information, "The local chat: open {Address} in a browser on this machine")]
    public static partial void LocalChatAt(this ILogger logger, string address);
}

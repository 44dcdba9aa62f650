using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log events of the memory page; written by MemoryWatch.AspNetCore, which compiles this file too.</summary>
internal static partial class PageLog
{
    /// <summary>The id of the event that says where the page is.</summary>
    public const int AddressEvent = 48;

    /// <summary>The id of the event that says that the access key is not kept.</summary>
    public const int KeyEvent = 49;

    [LoggerMessage(AddressEvent, LogLevel.Information, "Memory page: {address} ({access})")]
    public static partial void Address(ILogger logger, string address, string access);

    [LoggerMessage(KeyEvent, LogLevel.Warning,
        "The access key of the memory page is valid for this run only ({problem}). Set MemoryWatch:Page:AccessKey, or keep a black box on a disk that can be written")]
    public static partial void KeyNotKept(ILogger logger, string problem);

    /// <summary>How one gets to the page, for <see cref="Address"/>.</summary>
    public static string Access(bool isAuthorized, bool isKeyConfigured) => (isAuthorized, isKeyConfigured) switch
    {
        (true, _) => "open to those whom the application authorizes",
        (_, true) => "from this machine, and from elsewhere with the configured access key",
        _ => "from elsewhere use the service's own address and the same path and key",
    };

    /// <summary>Why a key is not kept, for <see cref="KeyNotKept"/>.</summary>
    public static string NoBlackBox => "there is no black box beside which it could be kept";

    /// <summary>Why a key is not kept, for <see cref="KeyNotKept"/>.</summary>
    public static string NotInTime => "the disk did not answer in time";
}

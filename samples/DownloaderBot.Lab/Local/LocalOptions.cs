using MemoryWatch;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Local;

/// <summary>The section <c>Local</c>: how the stand-in for Telegram behaves.</summary>
internal sealed class LocalOptions
{
    public const string Section = "Local";

    /// <summary>Speed of each download, in bytes per second; full speed if <see langword="null"/>.</summary>
    public string? BytesPerSecond { get; set; }

    /// <summary>Memory that each connected session holds, in MB, as a real client keeps keys, state and buffers; 0 by default.</summary>
    public int SessionMegabytes { get; set; }

    /// <summary>Memory that the first login, or the warm-up before it, takes once, in MB, as a real client's library does; 0 by default.</summary>
    public int LibraryMegabytes { get; set; }

    /// <summary>Password of the accounts that have one: those whose phone number ends in 2.</summary>
    public string Password { get; set; } = "swordfish";

    public static LocalOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<LocalOptions>() ?? new();
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(LocalOptions), faults);
    }

    private IEnumerable<string> Faults()
    {
        if (BytesPerSecond is not null && !(MemorySize.TryParse(BytesPerSecond, out var rate) && rate.Bytes > 0))
        {
            yield return $"{Section}:{nameof(BytesPerSecond)} is '{BytesPerSecond}'; it must be a size such as \"12MB\".";
        }

        if (SessionMegabytes is < 0 or > 1000)
        {
            yield return $"{Section}:{nameof(SessionMegabytes)} is {SessionMegabytes}; it must be from 0 to 1000.";
        }

        if (LibraryMegabytes is < 0 or > 1000)
        {
            yield return $"{Section}:{nameof(LibraryMegabytes)} is {LibraryMegabytes}; it must be from 0 to 1000.";
        }
    }
}

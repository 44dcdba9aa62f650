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
        var rules = new SettingRules(Section);
        if (options.BytesPerSecond is { } rate)
        {
            rules.Size(nameof(BytesPerSecond), rate, "a size such as \"12MB\"");
        }

        rules.Range(nameof(SessionMegabytes), options.SessionMegabytes, 0, 1000);
        rules.Range(nameof(LibraryMegabytes), options.LibraryMegabytes, 0, 1000);
        return rules.Check(options);
    }
}

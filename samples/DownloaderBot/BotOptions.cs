using MemoryWatch.Values;
using Microsoft.Extensions.Options;

namespace DownloaderBot;

/// <summary>The section <c>Bot</c>. What is left out depends on the plan: small on Render, larger elsewhere.</summary>
internal sealed class BotOptions
{
    public const string Section = "Bot";

    /// <summary>Sessions connected at a time; 3 when constrained, else 5.</summary>
    public int? MaxSessions { get; set; }

    /// <summary>Downloads running at a time; 3 when constrained, else 5.</summary>
    public int? MaxConcurrent { get; set; }

    /// <summary>Downloads waiting.</summary>
    public int MaxQueue { get; set; } = 20;

    /// <summary>User records kept in memory; 50 when constrained, else 500.</summary>
    public int? CachedUsers { get; set; }

    /// <summary>Where files pass through, below the content root unless it is a full path.</summary>
    public string AssetsFolder { get; set; } = "Assets";

    /// <summary>The most that files may take there at a time.</summary>
    public string AssetsQuota { get; set; } = "2GB";

    /// <summary>Binds, fills in and checks the section; throws with one sentence per fault.</summary>
    public static BotOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<BotOptions>() ?? new();
        var constrained = IsSet(configuration, "RENDER") || IsSet(configuration, "RENDER_EXTERNAL_URL");
        options.MaxSessions ??= constrained ? 3 : 5;
        options.MaxConcurrent ??= constrained ? 3 : 5;
        options.CachedUsers ??= constrained ? 50 : 500;
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(BotOptions), faults);
    }

    private static bool IsSet(IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);

    private IEnumerable<string> Faults()
    {
        (string Name, int? Value, int Least, int Most)[] ranges =
        [
            (nameof(MaxSessions), MaxSessions, 1, 100),
            (nameof(MaxConcurrent), MaxConcurrent, 1, 100),
            (nameof(MaxQueue), MaxQueue, 0, 10_000),
            (nameof(CachedUsers), CachedUsers, 1, 100_000),
        ];
        foreach (var (name, value, least, most) in ranges)
        {
            if (value < least || value > most)
            {
                yield return $"{Section}:{name} is {value}; it must be from {least} to {most}.";
            }
        }

        if (string.IsNullOrWhiteSpace(AssetsFolder))
        {
            yield return $"{Section}:{nameof(AssetsFolder)} is empty; it must name a folder.";
        }

        if (!MemorySize.TryParse(AssetsQuota, out var quota) || quota.Bytes == 0)
        {
            yield return $"{Section}:{nameof(AssetsQuota)} is '{AssetsQuota}'; it must be a size such as \"2GB\".";
        }
    }
}

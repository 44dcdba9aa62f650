using MemoryWatch.Values;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Local;

/// <summary>The section <c>Local</c>: how the stand-in for Telegram behaves.</summary>
internal sealed class LocalOptions
{
    public const string Section = "Local";

    /// <summary>How fast a post comes down, per download; full speed where absent.</summary>
    public string? BytesPerSecond { get; set; }

    public static LocalOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<LocalOptions>() ?? new();
        return options.BytesPerSecond is null || (MemorySize.TryParse(options.BytesPerSecond, out var rate) && rate.Bytes > 0)
            ? options
            : throw new OptionsValidationException(Section, typeof(LocalOptions),
                [$"{Section}:{nameof(BytesPerSecond)} is '{options.BytesPerSecond}'; it must be a size such as \"12MB\"."]);
    }
}

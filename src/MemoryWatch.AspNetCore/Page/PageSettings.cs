using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>Reads the section <c>MemoryWatch:Page</c> over the program's settings, and checks them.</summary>
internal static class PageSettings
{
    public const string Section = $"{MemoryWatchOptions.SectionName}:Page";

    private const int ShortestKey = 12;

    /// <exception cref="OptionsValidationException">A setting is not allowed. The message never contains the key.</exception>
    public static MemoryPageOptions Read(IConfiguration? configuration, Action<MemoryPageOptions>? configure)
    {
        var options = new MemoryPageOptions();
        configure?.Invoke(options);
        var problems = configuration?.GetSection(Section).GetChildren().Select(setting => Apply(options, setting.Key, setting.Value)).ToList() ?? [];
        options.AccessKey = options.AccessKey?.Trim();
        if (options.AccessKey is { Length: > 0 and < ShortestKey } key)
        {
            problems.Add($"{Section}:AccessKey has {key.Length} characters; it must have at least {ShortestKey}, because anyone may try to guess it.");
        }

        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? options : throw new OptionsValidationException(Section, typeof(MemoryPageOptions), found);
    }

    private static string? Apply(MemoryPageOptions options, string name, string? value)
    {
        switch (name.ToUpperInvariant())
        {
            case "ACCESSKEY":
                options.AccessKey = value;
                return null;
            case "SHOWCONTEXT" when bool.TryParse(value, out var show):
                options.ShowContext = show;
                return null;
            case "ALLOWLOOPBACK" when bool.TryParse(value, out var allow):
                options.AllowLoopback = allow;
                return null;
            case "SHOWCONTEXT" or "ALLOWLOOPBACK":
                return $"{Section}:{name} is '{value}'; it must be true or false.";
            default:
                return $"{Section}:{name} is not a setting. There are: AccessKey, ShowContext, AllowLoopback.";
        }
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>
/// Copies the section <c>MemoryWatch</c> into the options after the program's settings. It never throws because it also runs when a configuration
/// file changes; <see cref="MemoryWatchOptions.Validate"/> reports values that it cannot read.
/// </summary>
internal sealed class ConfigurationBinding(IConfiguration? configuration) : IPostConfigureOptions<MemoryWatchOptions>
{
    // Sections whose settings are read by what they are for: the memory page, and the webhook.
    private static readonly string[] ReadElsewhere = ["Page", "Webhook"];

    public void PostConfigure(string? name, MemoryWatchOptions options)
    {
        if (configuration is not null && (name is null || name == Options.DefaultName))
        {
            Copy(configuration.GetSection(MemoryWatchOptions.SectionName), string.Empty, options);
        }
    }

    /// <summary>Settings are in the section itself; those of budgets are some levels below it.</summary>
    private static void Copy(IConfigurationSection section, string path, MemoryWatchOptions options)
    {
        foreach (var setting in section.GetChildren())
        {
            if (path.Length == 0 && ReadElsewhere.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            if (setting.GetChildren().Any())
            {
                Copy(setting, $"{path}{setting.Key}:", options);
            }
            else
            {
                options.Set(path + setting.Key, setting.Value);
            }
        }
    }
}

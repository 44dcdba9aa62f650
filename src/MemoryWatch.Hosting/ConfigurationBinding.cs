using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>
/// Copies the section <c>MemoryWatch</c> into the options, last of all. It never throws, as it also runs when a
/// configuration file changes; what it cannot read, <see cref="MemoryWatchOptions.Validate"/> tells.
/// </summary>
internal sealed class ConfigurationBinding(IConfiguration? configuration) : IPostConfigureOptions<MemoryWatchOptions>
{
    public void PostConfigure(string? name, MemoryWatchOptions options)
    {
        if (configuration is not null && (name is null || name == Options.DefaultName))
        {
            Copy(configuration.GetSection(MemoryWatchOptions.SectionName), string.Empty, options);
        }
    }

    /// <summary>Settings lie in the section itself; those of budgets some levels below it.</summary>
    private static void Copy(IConfigurationSection section, string path, MemoryWatchOptions options)
    {
        foreach (var setting in section.GetChildren())
        {
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

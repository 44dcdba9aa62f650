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
        if (configuration is null || (name is not null && name != Options.DefaultName))
        {
            return;
        }

        foreach (var setting in configuration.GetSection(MemoryWatchOptions.SectionName).GetChildren())
        {
            options.Set(setting.Key, setting.Value);
        }
    }
}

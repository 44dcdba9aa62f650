using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting;

/// <summary>The settings of a limiter in a host: those of the last reload that were all allowed, as the watch has them too.</summary>
internal sealed class HeadroomSettingsInForce
{
    private volatile MemoryWatchOptions _value;

    public HeadroomSettingsInForce(IOptionsMonitor<MemoryWatchOptions> options)
    {
        // The start of the watch fails for settings that are not allowed, so these are only used until then.
        _value = options.CurrentValue;
        options.OnChange(changed =>
        {
            if (changed.Validate().Count == 0)
            {
                _value = changed;
            }
        });
    }

    public MemoryWatchOptions Read() => _value;
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemoryWatch.Hosting;

/// <summary>Reports whether the process has memory for more work: degraded in the critical zone, unhealthy in the imminent zone.</summary>
internal sealed class MemoryWatchHealthCheck(IMemoryWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var snapshot = watch.Current;
        var zone = snapshot.Zone;
        var status = zone switch
        {
            MemoryZone.Imminent => HealthStatus.Unhealthy,
            MemoryZone.Critical => HealthStatus.Degraded,
            _ => HealthStatus.Healthy,
        };
        var data = new Dictionary<string, object> { ["zone"] = zone.ToString() };
        Add("used_bytes", snapshot.Usage.UsedBytes);
        Add("limit_bytes", snapshot.Usage.LimitBytes);
        Add("available_bytes", snapshot.Usage.AvailableBytes);
        Add("resident_bytes", snapshot.Process.ResidentBytes);
        return Task.FromResult(new HealthCheckResult(status, Describe(snapshot.Usage.Fraction), data: data));

        void Add(string key, long? value)
        {
            if (value is { } known)
            {
                data[key] = known;
            }
        }
    }

    private static string Describe(double? fraction) => fraction is { } part
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part * 100:0.0}% of the memory limit is used.")
        : "No memory limit is known, or the memory watch is switched off.";
}

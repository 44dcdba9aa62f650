using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemoryWatch.Hosting;

/// <summary>Reports whether the process has memory for more work: degraded in the critical zone, unhealthy in the imminent zone and before a restart on purpose.</summary>
internal sealed class MemoryWatchHealthCheck(IMemoryWatch watch) : IHealthCheck
{
    private const double Megabyte = 1 << 20;
    private const string Draining = "The program is about to be restarted on purpose: no new work is taken.";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var snapshot = watch.Current;
        var zone = snapshot.Zone;
        var isDraining = watch.Draining.IsCancellationRequested;
        var status = zone switch
        {
            _ when isDraining => HealthStatus.Unhealthy,
            MemoryZone.Imminent => HealthStatus.Unhealthy,
            MemoryZone.Critical => HealthStatus.Degraded,
            _ => HealthStatus.Healthy,
        };
        var data = new Dictionary<string, object> { ["zone"] = zone.ToString() };
        Add("used_bytes", snapshot.Usage.UsedBytes);
        Add("limit_bytes", snapshot.Usage.LimitBytes);
        Add("available_bytes", snapshot.Usage.AvailableBytes);
        Add("resident_bytes", snapshot.Process.ResidentBytes);
        Add("heap_used_bytes", snapshot.HeapUsage.UsedBytes);
        Add("heap_limit_bytes", snapshot.HeapUsage.LimitBytes);
        if (snapshot.Governing.Source != LimitSource.None)
        {
            data["governing"] = snapshot.Governing.Source.ToString();
        }

        if (snapshot.Usage.Precision != UsagePrecision.Exact)
        {
            data["used_precision"] = snapshot.Usage.Precision.ToString();
        }

        if (isDraining)
        {
            data["draining"] = true;
        }

        return Task.FromResult(new HealthCheckResult(status, isDraining ? Draining : Describe(snapshot.Governing), data: data));

        void Add(string key, long? value)
        {
            if (value is { } known)
            {
                data[key] = known;
            }
        }
    }

    private static string Describe(in MemoryUsage usage) => usage switch
    {
        { Fraction: { } part } => string.Create(CultureInfo.InvariantCulture, $"{Bound(usage)}{part * 100:0.0}% of {Limit(usage.Source)} is used."),
        { Source: LimitSource.Process, UsedBytes: { } bytes } =>
            string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.0} MB is used by this process; only the machine limits it."),
        _ => "No memory limit is known, or the memory watch is switched off.",
    };

    private static string Bound(in MemoryUsage usage) => usage.Precision switch
    {
        UsagePrecision.AtMost => "At most ",
        UsagePrecision.AtLeast => "At least ",
        _ => string.Empty,
    };

    private static string Limit(LimitSource source) => source switch
    {
        LimitSource.Setting => "the Limit setting",
        LimitSource.Container => "the container's limit",
        LimitSource.Machine => "the machine's memory",
        LimitSource.Throttling => "memory.high (throttled, not killed)",
        LimitSource.GCHeap => "the GC's heap limit",
        _ => "the memory limit",
    };
}

using System.Globalization;
using System.Text.RegularExpressions;
using MemoryWatch.Benchmarks.Processes;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>The load generator wrk from Debian's package: one thread, a few connections, whole seconds.</summary>
internal static partial class Wrk
{
    private const int Connections = 8;

    // Checked with which, because wrk prints its version but ends with an error code.
    public static bool IsAvailable { get; } = Tool.TryRun("which", ["wrk"], out _);

    public static WrkResult Load(string url, int seconds)
    {
        var second = seconds.ToString(CultureInfo.InvariantCulture);
        var isRun = Tool.TryRun("wrk", ["-t1", $"-c{Connections}", $"-d{second}s", "--latency", url], out var output);
        if (!isRun || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"wrk failed, or requests did:\n{output}");
        }

        var p99 = P99().Match(output);
        var unit = p99.Groups[2].Value switch { "us" => 1d, "ms" => 1e3, _ => 1e6 };
        return new(
            long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Number(Throughput().Match(output)),
            Number(p99) * unit);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Throughput();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();
}

/// <param name="Requests">Number of answered requests.</param>
/// <param name="PerSecond">Answered requests per second.</param>
/// <param name="P99Microseconds">The time that one request in a hundred exceeds.</param>
internal readonly record struct WrkResult(long Requests, double PerSecond, double P99Microseconds);

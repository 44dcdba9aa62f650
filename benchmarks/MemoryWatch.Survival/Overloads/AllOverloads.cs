using System.Globalization;

namespace MemoryWatch.Survival.Overloads;

/// <summary>
/// All overloads, in the order of the table. 900 jobs come within three minutes, five a second. With memory without end, the server would be done
/// with each list within five minutes, and hold 540 to 720 MB at its worst moment, beside some 90 MB of its own.
/// </summary>
internal static class AllOverloads
{
    private const int Megabyte = 1 << 20;
    private const int Kilobyte = 1 << 10;

    /// <summary>
    /// Faulty handlers that fill the memory every 25 s or so, with some 20 jobs in flight at any moment: for drained restarts. It is no row of the
    /// table.
    /// </summary>
    public static Overload Restarts { get; } = new(6, "faulty handlers, fast")
    {
        Jobs = 24_000,
        Payload = new(64 * Kilobyte),
        Working = new(64 * Kilobyte),
        LeakedBytes = 512 * Kilobyte,
        Workers = 64,
        WorkTime = TimeSpan.FromSeconds(1),
    };

    public static IReadOnlyList<Overload> Rows { get; } =
    [
        new(1, "sessions")
        {
            NewUsers = 0.2,
            Session = new(4 * Megabyte),
            Payload = new(64 * Kilobyte),
            Working = new(Megabyte),
        },
        new(2, "queue")
        {
            Payload = new(2 * Megabyte),
            Working = new(Megabyte),
            Workers = 4,
            WorkTime = TimeSpan.FromSeconds(1.3),
        },
        new(3, "faulty handlers")
        {
            Payload = new(256 * Kilobyte),
            Working = new(Megabyte),
            LeakedBytes = 640 * Kilobyte,
        },
        new(4, "native: queue and churn")
        {
            Payload = new(0, 2 * Megabyte),
            Working = new(256 * Kilobyte, 4 * Megabyte),
            Workers = 4,
            WorkTime = TimeSpan.FromSeconds(1.3),
        },
        new(5, "native and managed together: sessions and queue")
        {
            NewUsers = 0.2,
            Session = new(2560 * Kilobyte),
            Payload = new(0, 2 * Megabyte),
            Working = new(Megabyte, 512 * Kilobyte),
            Workers = 4,
            WorkTime = TimeSpan.FromSeconds(1),
        },
    ];

    public static Overload Find(string number) =>
        Rows.Append(Restarts).Single(overload => overload.Number.ToString(CultureInfo.InvariantCulture) == number);
}

using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Why the headroom limiter refuses; used by MemoryWatch.Hosting, which compiles this file too.</summary>
internal static class HeadroomText
{
    private const double Megabyte = 1 << 20;

    public const string Disposed = "the limiter was disposed";
    public const string Draining = "the program is about to restart";

    public static string Short(long asked, long left) =>
        string.Create(CultureInfo.InvariantCulture, $"{asked / Megabyte:0.#} MB asked, {Math.Max(0, left) / Megabyte:0.#} MB of memory left");

    public static string Never(long asked, long best) => string.Create(
        CultureInfo.InvariantCulture, $"{asked / Megabyte:0.#} MB asked; memory has never had room for more than {Math.Max(0, best) / Megabyte:0.#} MB");

    public static string QueueFull(long asked, long limit) => string.Create(
        CultureInfo.InvariantCulture, $"{asked / Megabyte:0.#} MB asked, and the queue for memory is full ({limit / Megabyte:0.#} MB)");

    public static string TimedOut(long asked, TimeSpan waited) => string.Create(
        CultureInfo.InvariantCulture, $"{asked / Megabyte:0.#} MB asked, and there was no room for it within {waited.TotalSeconds:0.#} s");

    public static string Displaced(long asked) =>
        string.Create(CultureInfo.InvariantCulture, $"{asked / Megabyte:0.#} MB asked, and a newer request took the place in the queue");
}

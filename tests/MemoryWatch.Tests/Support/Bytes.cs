namespace MemoryWatch.Tests.Support;

internal static class Bytes
{
    public static long Megabytes(double megabytes) => (long)(megabytes * 1024 * 1024);
}

namespace MemoryWatch.Read;

/// <summary>Picks the reader for the operating system.</summary>
internal static class MemoryReader
{
    public static IMemoryReader Create(TimeProvider time) =>
        OperatingSystem.IsLinux() ? new LinuxReader(time) : new PortableReader(time);
}

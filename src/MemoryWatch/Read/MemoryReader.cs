namespace MemoryWatch.Read;

/// <summary>Creates the reader for the operating system.</summary>
internal static class MemoryReader
{
    public static IMemoryReader Create(TimeProvider time) =>
        OperatingSystem.IsLinux() ? new LinuxReader(time) : new PortableReader(time);
}

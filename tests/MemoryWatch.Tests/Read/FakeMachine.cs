using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

/// <summary>A folder that looks like the root of a Linux machine to the readers; gone when disposed.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memorywatch-");

    public LinuxSource Source => new() { Root = _folder.FullName, PageSize = 4096, CountsEntries = true };

    /// <summary>A machine with the files of a case.</summary>
    public static FakeMachine Of(string name)
    {
        var (machine, folder) = (new FakeMachine(), Path.Combine(AppContext.BaseDirectory, "Read", "Cases", name));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            machine.With(file[folder.Length..], System.IO.File.ReadAllBytes(file));
        }

        return machine;
    }

    public LinuxReader Reader() => new(TimeProvider.System, Source);

    public KernelFile File(string path) => Source.File(path);

    /// <summary>Writes over the file in place, as the kernel's files change, so that open handles see it.</summary>
    public FakeMachine With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    public FakeMachine With(string path, byte[] content)
    {
        System.IO.File.WriteAllBytes(Prepare(path), content);
        return this;
    }

    public FakeMachine With(string folder, params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            With($"{folder}/{name}", content);
        }

        return this;
    }

    /// <summary>Moves a folder away, so that its files stay while others take its place.</summary>
    public FakeMachine Move(string folder, string to)
    {
        Directory.Move(_folder.FullName + folder, Prepare(to));
        return this;
    }

    /// <summary>Shows a folder of the real machine at its own place.</summary>
    public FakeMachine Link(string folder)
    {
        Directory.CreateSymbolicLink(Prepare(folder), folder);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Prepare(string path)
    {
        var file = _folder.FullName + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }
}

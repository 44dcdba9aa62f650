namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>A program with a watch that ends as it is told, with one operation in flight.</summary>
internal static class EndingChild
{
    public const string Name = "end";

    /// <param name="args">The black box, how to end, and perhaps an exit code.</param>
    public static int Run(string[] args)
    {
        var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(args[0]));
        watch.Track("Download", "User 5");
        switch (args[1])
        {
            case "return":
                return int.Parse(args[2], null);
            case "exit":
                Environment.Exit(int.Parse(args[2], null));
                break;
            case "stop and return":
                watch.Dispose();
                return int.Parse(args[2], null);
            case "throw":
                throw new InvalidOperationException("Nobody\ncaught me");
            case "throw elsewhere":
                var thread = new Thread(() => throw new InvalidOperationException("Nobody\ncaught me"));
                thread.Start();
                thread.Join();
                break;
            case "stop and throw":
                watch.Dispose();
                throw new InvalidOperationException("Nobody\ncaught me");
            case "fail fast":
                Environment.FailFast("On purpose");
                break;
            case "overflow":
                return Deeper(1);
            case "run out of memory":
                Fill();
                break;
            case "wait":
                Console.WriteLine("ready");
                Console.ReadLine();
                watch.Dispose();
                break;
            default:
                return 2;
        }

        return 0;
    }

    private static int Deeper(int depth) => Deeper(depth + 1) + Deeper(depth + 2);

    private static void Fill()
    {
        var held = new LinkedList<byte[]>();
        while (true)
        {
            held.AddLast(new byte[100_000]);
        }
    }
}

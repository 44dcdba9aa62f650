namespace MemoryWatch.Tests.Read;

internal static class Eventually
{
    /// <summary>Asks again until the answer is yes, for as long as a busy machine may take.</summary>
    public static void IsTrue(Func<bool> condition, string because = "") =>
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)).Should().BeTrue(because);
}

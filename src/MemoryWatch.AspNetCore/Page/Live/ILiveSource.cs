namespace MemoryWatch.AspNetCore.Page.Live;

/// <summary>Makes the events of the stream, as bytes of server-sent events.</summary>
internal interface ILiveSource
{
    /// <summary>Everything, for a viewer that has just come.</summary>
    ReadOnlyMemory<byte> Now();

    /// <summary>What is new since the last call.</summary>
    ReadOnlyMemory<byte> Next();

    /// <summary>Drops what was kept between calls, because nobody looks.</summary>
    void Forget();
}

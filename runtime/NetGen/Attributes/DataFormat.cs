namespace NetGen;

/// <summary>Where the channels stand in a tensor.</summary>
public enum DataFormat
{
    /// <summary>(batch, ..., channels), as everywhere in NetGen.</summary>
    ChannelsLast,

    /// <summary>(batch, channels, ...), as some imported networks have it.</summary>
    ChannelsFirst,
}

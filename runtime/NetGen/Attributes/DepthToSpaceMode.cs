namespace NetGen;

/// <summary>In which order the channels hold the elements of a block.</summary>
public enum DepthToSpaceMode
{
    /// <summary>Row, column, channel: the channels of one element stand together.</summary>
    DCR,

    /// <summary>Channel, row, column: the elements of one channel stand together.</summary>
    CRD,
}

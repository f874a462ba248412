namespace NetGen;

/// <summary>How weights of a Keras file find their places.</summary>
public enum KerasMatching
{
    /// <summary>By name, and by order where not a single layer of the file has the name of one of the network's. Names are those of Keras's layers.</summary>
    Automatic,

    /// <summary>By the layers' names alone.</summary>
    ByName,

    /// <summary>By order alone: the first layer with weights of the file gives those of the network's first, and so on; their shapes are checked.</summary>
    ByOrder,
}

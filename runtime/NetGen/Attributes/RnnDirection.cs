namespace NetGen;

/// <summary>In which order a recurrent op of ONNX goes through time.</summary>
public enum RnnDirection
{
    /// <summary>From the start to the end.</summary>
    Forward,

    /// <summary>From the end to the start; the outputs keep their times.</summary>
    Reverse,

    /// <summary>Both, each with weights of its own; the outputs stand one behind the other along the last axis.</summary>
    Bidirectional,
}

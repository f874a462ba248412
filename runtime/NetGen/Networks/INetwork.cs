using System.ComponentModel;

namespace NetGen;

/// <summary>What the generated part of a network gives to the runtime, without reflection.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf>
    where TSelf : Network<TSelf>, INetwork<TSelf>
{
    /// <summary>What the compiler knows of the network.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract NetworkDefinition Definition { get; }

    /// <summary>A network whose weights are still zero.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf CreateEmpty();

    /// <summary>The compiled inference, or null where the generator could not compile it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract InferenceProgram? CreateInferenceProgram();

    /// <summary>The compiled stream, or null where the network cannot run step by step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual StreamProgram? CreateStreamProgram() => null;

    /// <summary>
    /// The compiled training, or null where the network says <c>Training = false</c>. Only the trainer calls it, so trimming removes what hangs on it elsewhere.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TrainingProgram? CreateTrainingProgram();

    /// <summary>The inference graph in ONNX's words, from which an export writes a file; null where it has no ONNX form. Only exports ask for it, so trimming removes it elsewhere.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual string? OnnxGraph => null;
}

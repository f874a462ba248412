using Google.Protobuf;
using NetGen.Onnx.Proto;

namespace NetGen;

/// <summary>Writes networks as ONNX models, which ONNX Runtime and other tools run.</summary>
public static class OnnxExport
{
    /// <summary>Protocol buffers end at 2 GB.</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>
    /// Writes the network's inference with its weights as an ONNX model (opset 17), replacing an old file whole or not at all. Inputs and outputs have the network's names and layout: channels
    /// last, with the batch and each time as sizes that the caller of the model chooses. Layers become the operators that ONNX has for them (Conv, BatchNormalization, LSTM, GRU, ...); sequences
    /// are taken whole, all steps of them. It may be called during training: the file holds the weights between two steps.
    /// </summary>
    /// <typeparam name="TSelf">The network's class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">The network is for inference only and has no master weights, or has more than 2 GB of them.</exception>
    /// <exception cref="NotSupportedException">A layer of the network has no form in ONNX.</exception>
    /// <exception cref="IOException">The file cannot be written; the old file stays.</exception>
    public static void ExportOnnx<TSelf>(this Network<TSelf> network, string path)
        where TSelf : Network<TSelf>, INetwork<TSelf>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        NetworkDefinition definition = TSelf.Definition;
        string text = TSelf.OnnxGraph ?? throw new NotSupportedException($"A layer of {definition.Name} has no form in ONNX.");
        ModelProto model = new OnnxGraphReader(text, network.SnapshotStore(), definition.Name).Read();
        long size = model.Graph.Initializer.Sum(t => (long)t.RawData.Length);
        if (size > MostBytes - (1 << 20))
        {
            throw new InvalidOperationException($"The weights of {definition.Name} take {size} bytes; an ONNX file holds at most 2 GB.");
        }

        AtomicFile.Write(path, stream =>
        {
            using CodedOutputStream output = new(stream, leaveOpen: true) { Deterministic = true };
            model.WriteTo(output);
        });
    }
}

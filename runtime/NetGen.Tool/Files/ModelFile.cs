using System.CommandLine;
using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Tool;

/// <summary>Whatever holds a network: a model of ONNX or Keras, a source file, or a folder of them.</summary>
internal static class ModelFile
{
    public static Argument<string> Argument() => new("MODEL")
    {
        Description = "A model of ONNX or Keras, a C# file with networks, or a folder of such files (with the blocks that they use).",
    };

    public static Option<string?> ClassOption() => new("--class") { Description = "Of several networks in the source, the one of this name." };

    /// <summary>The tapes of the networks, with their names.</summary>
    public static IEnumerable<(string Title, TapeResult Tape)> Tapes(string path, string? name)
    {
        if (Directory.Exists(path) || Path.GetExtension(path).Equals(".cs", StringComparison.OrdinalIgnoreCase))
        {
            return SourceNetworks.Read(path, name);
        }

        // The content tells of whose making a trained model is.
        ImportedNetwork network = TensorFile.IsKerasModel(path) ? KerasImporter.Import(path, new KerasImportOptions { ClassName = name }) : OnnxImporter.Import(path, new OnnxImportOptions { ClassName = name });
        return [(network.ClassName, Tape.Build(network.Model, training: false))];
    }
}

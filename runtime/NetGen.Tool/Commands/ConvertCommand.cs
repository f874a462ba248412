using System.CommandLine;
using NetGen.Importing;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>convert FILE OUTPUT</c>: weights from one form of file to another.</summary>
internal static class ConvertCommand
{
    public static Command Make(IAnsiConsole console)
    {
        Argument<string> file = new("FILE") { Description = "Weights or a model: safetensors (a checkpoint too), Keras's .h5, .weights.h5 or .keras, or ONNX." };
        Argument<string> output = new("OUTPUT") { Description = "What to write: a .safetensors file, or a .h5 file of weights as Keras's load_weights takes it." };
        Option<bool> force = new("--force") { Description = "Replaces a file that is there already." };
        Command command = new("convert", "Writes the tensors of a file in another form. Names and layouts stay; of a Keras file the optimizer's tensors are left out.") { file, output, force };
        command.SetAction(read =>
        {
            string path = read.GetValue(output)!;
            bool isKeras = path.EndsWith(".h5", StringComparison.OrdinalIgnoreCase);
            if (!isKeras && !path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"OUTPUT ends in .safetensors or .h5, which says its form; '{path}' does not.");
            }

            if (path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"Keras expects another form than the one with names in files that end in .weights.h5. Call '{path}' .h5 alone.");
            }

            if (!read.GetValue(force) && File.Exists(path))
            {
                throw new IOException($"{path} is there already. --force replaces it.");
            }

            using TensorFile tensors = TensorFile.Open(read.GetValue(file)!);
            if (isKeras)
            {
                KerasWeights.Save(path, tensors.Tensors);
            }
            else
            {
                WeightFile.Save(path, new ImportedTensors([.. tensors.Tensors.Select(t => new ImportedTensor(t.Name, t.Shape, t.Read))]));
            }

            console.MarkupLineInterpolated($"[green]{path}[/]: {tensors.Tensors.Count} tensors");
        });
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using NetGen.Importing;
using NetGen.Onnx;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>import MODEL</c>: an annotated partial class and its weights.</summary>
internal static class ImportCommand
{
    public static Command Make(IAnsiConsole console)
    {
        Argument<string> model = new("MODEL") { Description = "An ONNX model, or a whole model of Keras (.keras, or .h5 with a configuration)." };
        Option<string> output = new("--output", "-o") { Description = "The folder for the class and the weights.", DefaultValueFactory = _ => "." };
        Option<string?> name = new("--class") { Description = "The name of the class; made of the file's name unless given." };
        Option<string> space = new("--namespace") { Description = "The namespace of the class; none unless given.", DefaultValueFactory = _ => "" };
        Option<OnnxImportBatch> batch = new("--batch") { Description = "Which axis of an ONNX model's inputs is the batch: auto, first or none (all that a call gives is one sample).", DefaultValueFactory = _ => OnnxImportBatch.Auto };
        Option<string[]> dimensions = new("--dimension") { Description = "A number for a size that the model only names, as name=224, or input:2=224 for axis 2 of an input. Again for each." };
        Option<string[]> constants = new("--constant") { Description = "An input of an ONNX model that never changes, as name=value or name=1,2,3 for a list. Again for each." };
        Option<bool> keepLayout = new("--keep-layout") { Description = "Inputs of an ONNX model keep its order of axes, which may cost a transpose; otherwise maps are given with the channels last." };
        Option<bool> stream = new("--stream") { Description = "An ONNX model that is one step of a sequence, its states inputs and outputs, becomes a network whose stream keeps them." };
        Option<bool> inference = new("--inference-only") { Description = "The class cannot be trained, which makes it smaller." };
        Option<string?> source = new("--source") { Description = "The file of the class; in the folder, named after the class, unless given." };
        Option<string?> weights = new("--weights") { Description = "The file of the weights; in the folder, named after the class, unless given." };
        Option<bool> force = new("--force") { Description = "Replaces files that are there already." };
        Command command = new("import", "Turns a trained model into an annotated partial class that one can read, edit and compare, and a safetensors file.")
        {
            model, output, name, space, batch, dimensions, constants, keepLayout, stream, inference, source, weights, force,
        };
        command.SetAction(read =>
        {
            ImportedNetwork network = ModelFile.Import(read.GetValue(model)!, new OnnxImportOptions
            {
                ClassName = read.GetValue(name),
                Namespace = read.GetValue(space)!,
                Batch = read.GetValue(batch),
                Dimensions = Dimensions(read.GetValue(dimensions) ?? []),
                Constants = Constants(read.GetValue(constants) ?? []),
                KeepLayout = read.GetValue(keepLayout),
                Stream = read.GetValue(stream),
                Training = !read.GetValue(inference),
            });
            string folder = read.GetValue(output)!;
            Write(
                console,
                network,
                read.GetValue(source) ?? Path.Combine(folder, network.ClassName + ".cs"),
                read.GetValue(weights) ?? Path.Combine(folder, network.ClassName + ".safetensors"),
                read.GetValue(force));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ImportedNetwork network, string source, string weights, bool force)
    {
        if (!force && new[] { source, weights }.FirstOrDefault(File.Exists) is { } present)
        {
            throw new IOException($"{present} is there already. --force replaces it.");
        }

        foreach (string folder in new[] { source, weights }.Select(p => Path.GetDirectoryName(Path.GetFullPath(p))!))
        {
            Directory.CreateDirectory(folder);
        }

        network.SaveSource(source);
        network.SaveWeights(weights);
        console.MarkupLineInterpolated($"[green]{source}[/]");
        console.MarkupLineInterpolated($"[green]{weights}[/]");
        foreach (string note in network.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        }
    }

    private static Dictionary<string, int> Dimensions(string[] given)
    {
        Dictionary<string, int> sizes = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.LastIndexOf('=');
            if (equals < 1 || !int.TryParse(text[(equals + 1)..], out int size) || size < 1)
            {
                throw new ArgumentException($"--dimension takes a name and a whole number of at least 1, such as height=224, not '{text}'.");
            }

            sizes[text[..equals]] = size;
        }

        return sizes;
    }

    private static Dictionary<string, ImportedConstant> Constants(string[] given)
    {
        Dictionary<string, ImportedConstant> constants = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.LastIndexOf('=');
            string[] parts = equals < 1 ? [] : text[(equals + 1)..].Split(',');
            double[] values = [.. parts.Select(p => double.TryParse(p, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
            if (values.Length == 0 || values.Any(double.IsNaN))
            {
                throw new ArgumentException($"--constant takes a name and numbers, such as starts=0,1, not '{text}'.");
            }

            constants[text[..equals]] = new ImportedConstant(values.Length == 1 ? [] : [values.Length], values);
        }

        return constants;
    }
}

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
        Option<string[]> shapes = new("--input-shape") { Description = "The sizes of an input of a Keras model that leaves them open, without the batch, as name=224,224,3. Again for each." };
        Option<bool> keepLayout = new("--keep-layout") { Description = "Inputs of an ONNX model keep its order of axes, which may cost a transpose; otherwise maps are given with the channels last." };
        Option<bool> stream = new("--stream") { Description = "An ONNX model that is one step of a sequence, its states inputs and outputs, becomes a network whose stream keeps them." };
        Option<bool> inference = new("--inference-only") { Description = "The class cannot be trained, which makes it smaller." };
        Option<string?> source = new("--source") { Description = "The file of the class; in the folder, named after the class, unless given." };
        Option<string?> weights = new("--weights") { Description = "The file of the weights; in the folder, named after the class, unless given." };
        Option<bool> force = new("--force") { Description = "Replaces files that are there already." };
        Command command = new("import", "Turns a trained model into an annotated partial class that one can read, edit and compare, and a safetensors file.")
        {
            model, output, name, space, batch, dimensions, constants, shapes, keepLayout, stream, inference, source, weights, force,
        };
        command.SetAction(read =>
        {
            string path = read.GetValue(model)!;
            bool isKeras = TensorFile.IsKerasModel(path);
            Option[] others = isKeras ? [batch, dimensions, constants, keepLayout, stream] : [shapes];
            if (others.FirstOrDefault(o => read.GetResult(o) is { Implicit: false }) is { } stray)
            {
                throw new UsageException($"{stray.Name} is for {(isKeras ? "ONNX models" : "models of Keras")}, which {path} is not.");
            }

            try
            {
                NetworkSource.Check(read.GetValue(space)!, read.GetValue(name));
            }
            catch (ArgumentException e)
            {
                throw new UsageException(e.Message);
            }

            ImportedNetwork network = isKeras
                ? KerasImporter.Import(path, new KerasImportOptions
                {
                    ClassName = read.GetValue(name),
                    Namespace = read.GetValue(space)!,
                    InputShapes = Lists<int>(read.GetValue(shapes) ?? [], int.TryParse, "--input-shape takes a name and whole numbers, such as input=224,224,3,"),
                    Training = !read.GetValue(inference),
                })
                : OnnxImporter.Import(path, new OnnxImportOptions
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
        if (Path.GetFullPath(source) == Path.GetFullPath(weights))
        {
            throw new UsageException($"The class and the weights cannot both go to {source}.");
        }

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
        console.MarkupLineInterpolated($"transposes left: {network.Transposes}");
        foreach (string note in network.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        }
    }

    private static Dictionary<string, int> Dimensions(string[] given)
    {
        const string Form = "--dimension takes a name and a whole number of at least 1, such as height=224,";
        return Lists<int>(given, int.TryParse, Form).ToDictionary(g => g.Key, g => g.Value is [>= 1] ? g.Value[0] : throw new UsageException($"{Form} not '{g.Key}={string.Join(',', g.Value)}'."), StringComparer.Ordinal);
    }

    private static Dictionary<string, ImportedConstant> Constants(string[] given) =>
        Lists<double>(given, double.TryParse, "--constant takes a name and numbers, such as starts=0,1,").ToDictionary(g => g.Key, g => new ImportedConstant(g.Value.Length == 1 ? [] : [g.Value.Length], g.Value), StringComparer.Ordinal);

    /// <summary>What a text stands for, where it stands for anything.</summary>
    private delegate bool Parser<T>(string text, IFormatProvider culture, out T value);

    /// <summary>Names with lists of numbers; of a name that comes again the last one.</summary>
    private static Dictionary<string, T[]> Lists<T>(string[] given, Parser<T> parser, string form)
    {
        Dictionary<string, T[]> lists = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.LastIndexOf('=');
            lists[equals < 1 ? "" : text[..equals]] = equals < 1 ? throw new UsageException($"{form} not '{text}'.")
                : [.. text[(equals + 1)..].Split(',').Select(p => parser(p, CultureInfo.InvariantCulture, out T value) ? value : throw new UsageException($"{form} not '{text}'."))];
        }

        return lists;
    }
}

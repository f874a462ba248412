using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>inspect FILE</c>: the tensors of a file.</summary>
internal static class InspectCommand
{
    public static Command Make(IAnsiConsole console)
    {
        Argument<string> file = new("FILE") { Description = "Weights or a model: safetensors (a checkpoint too), Keras's .h5, .weights.h5 or .keras, or ONNX." };
        Option<bool> statistics = new("--statistics") { Description = "Reads the elements, and shows the least, the mean and the greatest of each tensor and how many are not finite." };
        Command command = new("inspect", "Lists the tensors of a file with their shapes and types.") { file, statistics };
        command.SetAction(read =>
        {
            using TensorFile tensors = TensorFile.Open(read.GetValue(file)!);
            Print(console, tensors, read.GetValue(statistics));
        });
        return command;
    }

    private static void Print(IAnsiConsole console, TensorFile file, bool hasStatistics)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{file.FileName} ({file.Form})"));
        table.AddColumns("Tensor", "Shape", "Type").AddColumn(new TableColumn("Elements").RightAligned());
        if (hasStatistics)
        {
            table.AddColumns(new TableColumn("Least").RightAligned(), new TableColumn("Mean").RightAligned(), new TableColumn("Greatest").RightAligned(), new TableColumn("Not finite").RightAligned());
        }

        foreach (NamedTensor tensor in file.Tensors)
        {
            List<string> row = [Markup.Escape(tensor.Name), Markup.Escape($"({string.Join(", ", tensor.Shape)})"), Markup.Escape(tensor.Type), tensor.Count.ToString("N0", CultureInfo.InvariantCulture)];
            table.AddRow([.. row, .. hasStatistics ? Statistics(tensor.Read()) : []]);
        }

        console.Write(table);
        foreach ((string key, string value) in file.Metadata)
        {
            console.MarkupLineInterpolated($"{key}: {(value.Length > 200 ? value[..200] + "..." : value)}");
        }

        console.MarkupLineInterpolated($"{file.Tensors.Count} tensors, {file.Tensors.Sum(t => t.Count).ToString("N0", CultureInfo.InvariantCulture)} elements");
    }

    private static string[] Statistics(float[] values)
    {
        float[] finite = [.. values.Where(float.IsFinite)];
        string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
        return finite.Length == 0
            ? ["", "", "", values.Length.ToString(CultureInfo.InvariantCulture)]
            : [Number(finite.Min()), Number(finite.Average(v => (double)v)), Number(finite.Max()), (values.Length - finite.Length).ToString(CultureInfo.InvariantCulture)];
    }
}

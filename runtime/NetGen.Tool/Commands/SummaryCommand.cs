using System.CommandLine;
using NetGen.Generator;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>summary MODEL</c>: the table of layers.</summary>
internal static class SummaryCommand
{
    public static Command Make(IAnsiConsole console)
    {
        Argument<string> model = ModelFile.Argument();
        Option<string?> name = ModelFile.ClassOption();
        Command command = new("summary", "Prints the layers of a network with their output shapes, parameters and multiply-adds.") { model, name };
        command.SetAction(read =>
        {
            foreach ((string title, TapeResult tape) in ModelFile.Tapes(read.GetValue(model)!, read.GetValue(name)))
            {
                Print(console, title, tape);
            }
        });
        return command;
    }

    private static void Print(IAnsiConsole console, string title, TapeResult tape)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title));
        table.AddColumns(new TableColumn("Layer (type)"), new TableColumn("Output shape"), new TableColumn("Parameters").RightAligned(), new TableColumn("Multiply-adds").RightAligned());
        foreach (TapeRow row in tape.Rows)
        {
            string multiplyAdds = row.MultiplyAdds.IsConstant ? Thousands(row.MultiplyAdds.Constant) : row.MultiplyAdds.ToString();
            table.AddRow(Markup.Escape($"{row.Name} ({row.Kind})"), Markup.Escape(row.Output.ToString()), Thousands(row.Parameters), Markup.Escape(multiplyAdds));
        }

        console.Write(table);
        console.MarkupLineInterpolated($"Parameters: {Thousands(tape.Parameters)} ({Thousands(tape.Parameters * sizeof(float))} bytes), of which {tape.NotTraining}");
    }

    private static string Thousands(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

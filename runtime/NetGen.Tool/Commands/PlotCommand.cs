using System.CommandLine;
using System.Text;
using NetGen.Generator;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>plot MODEL</c>: the graph of layers as a picture.</summary>
internal static class PlotCommand
{
    public static Command Make(IAnsiConsole console)
    {
        Argument<string> model = ModelFile.Argument();
        Option<string?> name = ModelFile.ClassOption();
        Option<string?> output = new("--output", "-o") { Description = "The SVG file; named after the network unless given." };
        Command command = new("plot", "Draws the layers of a network and what flows between them as SVG, as Keras's plot_model does.") { model, name, output };
        command.SetAction(read =>
        {
            (string Title, TapeResult Tape)[] tapes = [.. ModelFile.Tapes(read.GetValue(model)!, read.GetValue(name))];
            if (tapes.Length > 1)
            {
                throw new ArgumentException($"There are several networks: {string.Join(", ", tapes.Select(t => t.Title))}. --class says which.");
            }

            string path = read.GetValue(output) ?? tapes[0].Title + ".svg";
            string svg = NetworkPlot.Svg(tapes[0].Title, LayerGraph.Of(tapes[0].Tape));
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
            console.MarkupLineInterpolated($"[green]{path}[/]");
        });
        return command;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using NetGen.Importing;
using Spectre.Console;

namespace NetGen.Tool;

/// <summary><c>dotnet netgen</c>. Exit codes: 0 where all went well, 1 where a file is not what it should be, 2 where the command line is not understood, 130 after Ctrl+C.</summary>
internal static class Program
{
    public const int Wrong = 1;
    public const int Misunderstood = 2;
    public const int Cancelled = 130;

    private const int FileWidth = 400;

    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs a command line, writing to the given places.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
        {
            // What another program reads is not folded into lines of a terminal.
            console.Profile.Width = FileWidth;
        }

        RootCommand root = Root(console);
        ParseResult read = root.Parse(args);
        if (read.Errors.Count > 0)
        {
            foreach (ParseError problem in read.Errors)
            {
                error.WriteLine(problem.Message);
            }

            error.WriteLine($"'dotnet netgen {string.Join(" ", read.CommandResult.Command is RootCommand ? ["--help"] : new[] { read.CommandResult.Command.Name, "--help" })}' tells what there is.");
            return Misunderstood;
        }

        try
        {
            return read.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
        catch (UsageException e)
        {
            error.WriteLine(e.Message);
            return Misunderstood;
        }
        catch (Exception e) when (e is ImportException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            error.WriteLine(e.Message);
            return Wrong;
        }
    }

    private static RootCommand Root(IAnsiConsole console)
    {
        RootCommand root = new("NetGen: neural networks compiled from attributes. Brings trained models in, and shows what networks and files hold.")
        {
            ImportCommand.Make(console),
            SummaryCommand.Make(console),
            PlotCommand.Make(console),
            InspectCommand.Make(console),
            ConvertCommand.Make(console),
        };
        foreach ((Command command, string[] examples) in root.Subcommands.Select(c => (c, Examples.Of(c.Name))))
        {
            HelpOption help = new();
            help.Action = new ExamplesAction((HelpAction)help.Action!, examples);
            command.Options.Add(help);
        }

        return root;
    }
}

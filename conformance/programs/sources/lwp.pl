use LWP::UserAgent;
print LWP::UserAgent->new->get($ARGV[0])->decoded_content, "\n";
